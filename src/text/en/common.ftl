# Words that stand on every page.
common-product = Touchstone
common-skip = Skip to content
common-main-navigation = Main
common-error-prefix = Error: { $title }
