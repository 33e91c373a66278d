"""What machines can read in the files a system makes, and which points of the laws that meets."""
