# Moments and lengths of time.
when-day = { $day } { $month } { $year }
when-weekday = { $weekday } { $day }
when-moment = { $day }, { $time }
when-exact = { $moment }, { $zone }
when-zone = { $city } time, { $offset }
when-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
when-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
when-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
when-january = January
when-february = February
when-march = March
when-april = April
when-may = May
when-june = June
when-july = July
when-august = August
when-september = September
when-october = October
when-november = November
when-december = December
when-jan = Jan
when-feb = Feb
when-mar = Mar
when-apr = Apr
when-short-may = May
when-jun = Jun
when-jul = Jul
when-aug = Aug
when-sep = Sep
when-oct = Oct
when-nov = Nov
when-dec = Dec
when-monday = Monday
when-tuesday = Tuesday
when-wednesday = Wednesday
when-thursday = Thursday
when-friday = Friday
when-saturday = Saturday
when-sunday = Sunday
