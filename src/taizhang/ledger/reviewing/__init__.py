"""The review of a notice that was read: its document beside the reading, and corrections kept."""
