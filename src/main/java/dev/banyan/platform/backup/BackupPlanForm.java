package dev.banyan.platform.backup;

import module java.base;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The posted fields of the page for backups.
public class BackupPlanForm {

    @FormParam("enabled")
    @DefaultValue("")
    String enabled = "";

    @FormParam("every")
    @DefaultValue("")
    String every = "";

    @FormParam("at")
    @DefaultValue("")
    String at = "";

    @FormParam("zone")
    @DefaultValue("")
    String zone = "";

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
