"""Pictures read by programs: documents and faces. Everything here runs in worker processes."""
