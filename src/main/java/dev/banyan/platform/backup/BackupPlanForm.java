package dev.banyan.platform.backup;

import module java.base;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The posted fields of the page for backups.
public class BackupPlanForm {

    /// The fields as texts.
    public record Shown(
            boolean enabled,
            String every,
            String at,
            String keep,
            String place,
            String folder,
            String endpoint,
            String region,
            String bucketName,
            String prefix,
            String accessKey) {

        public static final Shown EMPTY = new Shown(
                true, BackupPlanInput.EVERY_DAY, "03:30", "7", BackupPlanInput.FOLDER, "", "", "", "", "", "");

        public static Shown of(BackupPlan plan) {
            String every =
                    plan.day().map(day -> day.name().toLowerCase(Locale.ROOT)).orElse(BackupPlanInput.EVERY_DAY);
            String keep = Integer.toString(plan.keep());
            return switch (plan.place()) {
                case BackupPlace.Folder(Optional<Path> path) ->
                    new Shown(
                            plan.enabled(),
                            every,
                            plan.at().toString(),
                            keep,
                            BackupPlanInput.FOLDER,
                            path.map(Path::toString).orElse(""),
                            "",
                            "",
                            "",
                            "",
                            "");
                case BackupPlace.Bucket bucket ->
                    new Shown(
                            plan.enabled(),
                            every,
                            plan.at().toString(),
                            keep,
                            BackupPlanInput.BUCKET,
                            "",
                            bucket.endpoint().toString(),
                            bucket.region(),
                            bucket.name(),
                            bucket.prefix(),
                            bucket.accessKey());
            };
        }

        public boolean isBucket() {
            return place.equals(BackupPlanInput.BUCKET);
        }
    }

    @FormParam("enabled")
    @DefaultValue("")
    String enabled = "";

    @FormParam("every")
    @DefaultValue("")
    String every = "";

    @FormParam("at")
    @DefaultValue("")
    String at = "";

    @FormParam("keep")
    @DefaultValue("")
    String keep = "";

    @FormParam("place")
    @DefaultValue("")
    String place = "";

    @FormParam("folder")
    @DefaultValue("")
    String folder = "";

    @FormParam("endpoint")
    @DefaultValue("")
    String endpoint = "";

    @FormParam("region")
    @DefaultValue("")
    String region = "";

    @FormParam("bucket")
    @DefaultValue("")
    String bucket = "";

    @FormParam("prefix")
    @DefaultValue("")
    String prefix = "";

    @FormParam("accessKey")
    @DefaultValue("")
    String accessKey = "";

    @FormParam("secret")
    @DefaultValue("")
    String secret = "";

    /// Returns the fields as the page shows them again; the secret is not among them.
    public Shown shown() {
        return new Shown(isEnabled(), every, at, keep, place, folder, endpoint, region, bucket, prefix, accessKey);
    }

    private boolean isEnabled() {
        return enabled.equals("true");
    }

    public BackupPlanInput input() {
        return new BackupPlanInput(
                isEnabled(),
                every,
                at,
                keep,
                place,
                folder,
                endpoint,
                region,
                bucket,
                prefix,
                accessKey,
                Optional.of(secret).filter(text -> !text.isEmpty()));
    }
}
