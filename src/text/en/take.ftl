# take
