"""The pages of all registers; what differs between registers stands in their specs."""
