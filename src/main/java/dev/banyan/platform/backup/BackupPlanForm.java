package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.secrets.TypedSecrets;
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

    @FormParam(TypedSecrets.FIELD)
    String typedSecret = "";

    /// Takes the secret that was typed before, or keeps the one that is typed now.
    ///
    /// @param owner for whom it’s sealed
    public BackupPlanForm with(TypedSecrets secrets, String owner) {
        typedSecret = secrets.seal(secret, typedSecret, owner);
        secret = secrets.open(typedSecret, owner);
        return this;
    }

    /// Returns the secret as the page keeps it; empty if none was typed.
    public String typedSecret() {
        return typedSecret;
    }

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
