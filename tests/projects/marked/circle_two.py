from circle_one import register
