package dev.banyan.platform.backup;

import module java.base;
import jakarta.ws.rs.FormParam;

/// The posted fields of the page for backups.
public class BackupPlanForm {

    @FormParam("enabled")
    String enabled = "";

    @FormParam("every")
    String every = "";

    @FormParam("at")
    String at = "";

    @FormParam("zone")
    String zone = "";

    @FormParam("keep")
    String keep = "";

    @FormParam("place")
    String place = "";

    @FormParam("folder")
    String folder = "";

    @FormParam("endpoint")
    String endpoint = "";

    @FormParam("region")
    String region = "";

    @FormParam("bucket")
    String bucket = "";

    @FormParam("prefix")
    String prefix = "";

    @FormParam("accessKey")
    String accessKey = "";

    @FormParam("secret")
    String secret = "";

    public BackupPlanInput input() {
        return new BackupPlanInput(
                enabled.equals("true"),
                every,
                at,
                zone.isEmpty() ? "UTC" : zone,
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
