package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Zones;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.secrets.SentSecrets;

/// A plan as an operator enters it. Only the fields of the chosen place count.
///
/// @param every `day`, or a day of the week
/// @param at such as `03:30`
/// @param zone of `at`, such as `Asia/Dubai`
/// @param place `folder` or `bucket`
/// @param folder empty: the folder for backups in the data folder
/// @param region empty: the usual one
/// @param secret empty to keep the stored one
public record BackupPlanInput(
        boolean enabled,
        String every,
        String at,
        String zone,
        String keep,
        String place,
        String folder,
        String endpoint,
        String region,
        String bucket,
        String prefix,
        String accessKey,
        Optional<String> secret) {

    public static final String EVERY_DAY = "day";
    static final String FOLDER = "folder";
    private static final String BUCKET = "bucket";

    private static final LocalTime SUGGESTED_AT = LocalTime.of(3, 30);
    private static final int SUGGESTED_KEEP = 7;

    /// As many as the command keeps.
    private static final int MOST_KEPT = 1_000;

    private static final String USUAL_REGION = "us-east-1";
    private static final Pattern KEY = Pattern.compile("[^\\p{Cntrl}\\s]{1,200}");
    private static final Pattern SECRET = Pattern.compile("[^\\p{Cntrl}]{1,500}");

    /// Returns what the page suggests while there is no plan.
    public static BackupPlanInput suggested(ZoneId zone) {
        return inFolder(true, EVERY_DAY, SUGGESTED_AT, zone, SUGGESTED_KEEP, Optional.empty());
    }

    /// Returns a plan as the page shows it, without the secret.
    public static BackupPlanInput of(BackupPlan plan) {
        String every =
                plan.day().map(day -> day.name().toLowerCase(Locale.ROOT)).orElse(EVERY_DAY);
        return switch (plan.place()) {
            case BackupPlace.Folder(Optional<Path> path) ->
                inFolder(plan.enabled(), every, plan.at(), plan.zone(), plan.keep(), path);
            case BackupPlace.Bucket bucket ->
                new BackupPlanInput(
                        plan.enabled(),
                        every,
                        plan.at().toString(),
                        plan.zone().getId(),
                        Integer.toString(plan.keep()),
                        BUCKET,
                        "",
                        bucket.endpoint().toString(),
                        bucket.region(),
                        bucket.name(),
                        bucket.prefix(),
                        bucket.accessKey(),
                        Optional.empty());
        };
    }

    private static BackupPlanInput inFolder(
            boolean enabled, String every, LocalTime at, ZoneId zone, int keep, Optional<Path> folder) {
        return new BackupPlanInput(
                enabled,
                every,
                at.toString(),
                zone.getId(),
                Integer.toString(keep),
                FOLDER,
                folder.map(Path::toString).orElse(""),
                "",
                "",
                "",
                "",
                "",
                Optional.empty());
    }

    /// Returns what is wrong, by field.
    ///
    /// @param data the data folder, in which only the folder for backups is taken
    List<Invalid> invalid(Path data) {
        var invalid = new ArrayList<Invalid>();
        if (!every.equals(EVERY_DAY) && weekDay().isEmpty()) {
            invalid.add(at("every", "Choose how often."));
        }
        if (time().isEmpty()) {
            invalid.add(at("at", "Enter a time such as 03:30."));
        }
        if (Zones.of(zone).isEmpty()) {
            invalid.add(at("zone", Zones.CHOOSE));
        }
        if (kept().isEmpty()) {
            invalid.add(at("keep", "Enter a number from 1 to " + MOST_KEPT + "."));
        }
        switch (place) {
            case FOLDER -> folderProblem(data).ifPresent(problem -> invalid.add(at("folder", problem)));
            case BUCKET -> bucketProblems(invalid);
            default -> invalid.add(at("place", "Choose where backups go."));
        }
        return List.copyOf(invalid);
    }

    private static Invalid at(String field, String message) {
        return new Invalid(field, message, message);
    }

    private Optional<String> folderProblem(Path data) {
        Optional<Path> named = path();
        if (named.isEmpty()) {
            return folder.isBlank() ? Optional.empty() : Optional.of("Enter a full path such as /mnt/backups.");
        }
        Path path = named.get();
        if (path.equals(data.resolve(DataFolder.BACKUPS))) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path)) {
            return Optional.of("This folder doesn’t exist on the server. Create it for the user who runs Banyan.");
        }
        if (isInside(path, data)) {
            return Optional.of("Choose a folder outside of the data folder, or leave this empty.");
        }
        return Files.isWritable(path)
                ? Optional.empty()
                : Optional.of("The server may not write to this folder. Give it to the user who runs Banyan.");
    }

    private static boolean isInside(Path path, Path data) {
        try {
            return path.toRealPath().startsWith(data.toRealPath());
        } catch (IOException _) {
            return true; // not known, so not taken
        }
    }

    private void bucketProblems(List<Invalid> invalid) {
        if (address().isEmpty()) {
            invalid.add(at("endpoint", "Enter an address such as https://s3.example.com, without a path."));
        }
        if (!region.strip().matches("[a-z0-9-]{0,100}")) {
            invalid.add(at("region", "Enter a region such as us-east-1."));
        }
        if (!bucket.strip().matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            invalid.add(at("bucket", "Enter the bucket’s name: 3 to 63 lowercase letters, digits, dots and hyphens."));
        }
        if (!prefix.strip().matches("[A-Za-z0-9._/-]{0,199}")
                || List.of(prefix.split("/")).contains("..")) {
            invalid.add(at("prefix", "Use up to 199 letters, digits, slashes, dots, hyphens and underscores."));
        }
        if (!KEY.matcher(accessKey.strip()).matches()) {
            invalid.add(at("accessKey", "Enter the access key."));
        }
        if (secret.filter(text -> !SECRET.matcher(text).matches()).isPresent()) {
            invalid.add(at("secret", "Enter a secret key of up to 500 characters."));
        }
    }

    private Optional<DayOfWeek> weekDay() {
        return Parse.of(every.toUpperCase(Locale.ROOT), DayOfWeek::valueOf);
    }

    private Optional<LocalTime> time() {
        return Parse.of(at.strip(), LocalTime::parse).map(time -> time.truncatedTo(ChronoUnit.MINUTES));
    }

    private Optional<Integer> kept() {
        return Parse.of(keep.strip(), Integer::valueOf).filter(number -> number >= 1 && number <= MOST_KEPT);
    }

    private Optional<Path> path() {
        String typed = folder.strip();
        return typed.isEmpty() || typed.length() > 1_000
                ? Optional.empty()
                : Parse.of(typed, Path::of).filter(Path::isAbsolute).map(Path::normalize);
    }

    private Optional<URI> address() {
        return OutboundAddress.uri(endpoint)
                .filter(uri ->
                        uri.getRawPath().matches("/?") && uri.getRawQuery() == null && uri.getRawFragment() == null)
                .map(uri -> URI.create(SentSecrets.origin(uri)));
    }

    /// Returns the plan, if it is valid.
    ///
    /// @param sealed the sealed secret of the bucket
    BackupPlan plan(Function<BackupPlace.Bucket, String> sealed, Instant now) {
        return new BackupPlan(
                enabled,
                weekDay(),
                time().orElseThrow(),
                Zones.of(zone).orElseThrow(),
                kept().orElseThrow(),
                place(sealed),
                now);
    }

    private BackupPlace place(Function<BackupPlace.Bucket, String> sealed) {
        if (place.equals(FOLDER)) {
            return new BackupPlace.Folder(path());
        }
        BackupPlace.Bucket named = named("");
        return named(sealed.apply(named));
    }

    /// Returns the bucket without its secret; empty if none is chosen.
    Optional<BackupPlace.Bucket> unsealed() {
        return place.equals(BUCKET) ? Optional.of(named("")) : Optional.empty();
    }

    private BackupPlace.Bucket named(String sealedSecret) {
        String folders = prefix.strip().replaceAll("^/+|/+$", "").replaceAll("/+", "/");
        return new BackupPlace.Bucket(
                address().orElseThrow(),
                region.isBlank() ? USUAL_REGION : region.strip(),
                bucket.strip(),
                folders.isEmpty() ? "" : folders + "/",
                accessKey.strip(),
                sealedSecret);
    }
}
