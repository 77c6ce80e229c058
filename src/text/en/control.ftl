# control
