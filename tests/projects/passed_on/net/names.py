NAMES = ["dense"]
