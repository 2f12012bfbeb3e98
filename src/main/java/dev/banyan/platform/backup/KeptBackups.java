package dev.banyan.platform.backup;

import module java.base;

/// A folder of backups that are named by their time, such as `banyan-2026-11-27T031500Z.zip`, of which the newest are
/// kept. Other files in it are left alone.
public record KeptBackups(Path folder) {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'banyan-'uuuu-MM-dd'T'HHmmssX'.zip'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String WRITTEN = "banyan-\\d{4}-\\d{2}-\\d{2}T\\d{6}Z\\.zip";
    private static final Pattern COMPLETE = Pattern.compile(WRITTEN);
    private static final Pattern UNFINISHED = Pattern.compile("\\." + WRITTEN + "\\..*\\.tmp");
    private static final Duration LONGEST = Duration.ofDays(2);

    /// Returns the file for a backup of this moment.
    public Path at(Instant now) {
        return folder.resolve(NAME.format(now));
    }

    /// Deletes all but the newest ones, and what a backup left that was killed long ago.
    public List<Path> deleteAllBut(int newest, Instant now) throws IOException {
        List<Path> complete = named(COMPLETE);
        List<Path> old = complete.subList(0, Math.max(0, complete.size() - newest));
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
        for (Path file : named(UNFINISHED)) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONGEST))) {
                Files.deleteIfExists(file);
            }
        }
        return old;
    }

    /// Ordered by time, as by name.
    private List<Path> named(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            pattern.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }
}
