"""What an administrator does to the service's data as a whole: back it up, restore it, let it go in time."""
