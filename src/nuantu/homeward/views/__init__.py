"""Pages of wearers and wristbands, and the addresses that fixes are told to."""
