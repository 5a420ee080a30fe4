"""Forms of wearers and wristbands."""
