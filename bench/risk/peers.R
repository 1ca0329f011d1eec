# The likelihood fits of bench/risk in R, where R and the packages are installed. Prints "task<TAB>median milliseconds".
input <- file("stdin", "r")
numbers <- function() as.numeric(strsplit(gsub("[][]", "", readLines(input, n = 1)), ",")[[1]])
data <- numbers()
excesses <- numbers()
median_ms <- function(run, repeats) {
  run()
  median(replicate(repeats, { start <- sum(proc.time()[1:2]); run(); sum(proc.time()[1:2]) - start })) * 1000
}
has <- function(package) requireNamespace(package, quietly = TRUE)
if (has("fGarch")) cat("d GARCH 2000 (fGarch)", median_ms(function() suppressWarnings(fGarch::garchFit(~ garch(1, 1), data = data, trace = FALSE)), 3), sep = "\t", fill = TRUE)
if (has("evir")) cat("e GPD 500 (evir)", median_ms(function() evir::gpd(excesses, threshold = 0), 9), sep = "\t", fill = TRUE)
if (has("fExtremes")) cat("e GPD 500 (fExtremes)", median_ms(function() suppressWarnings(fExtremes::gpdFit(excesses, u = 0)), 9), sep = "\t", fill = TRUE)
million <- rnorm(1e6)
cat("a quantile+mean (R)", median_ms(function() { q <- quantile(million, 0.025); mean(million[million <= q]) }, 9), sep = "\t", fill = TRUE)
