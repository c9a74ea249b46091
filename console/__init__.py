"""快处台: settling minor traffic accidents over live video. See ARCHITECTURE.md for the rooms."""
