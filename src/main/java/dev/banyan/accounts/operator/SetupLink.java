package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// The link with which a new server's owner creates the first operator: anyone who can read the server's output or its
/// key owns the server. It follows from the key that seals secrets, so that all servers of a cluster, each start and
/// `banyan setup-link` have the same, and it is worthless once there is an operator.
@Singleton
public record SetupLink(SealedSecrets secrets) {

    public String path() {
        return "/setup?token=" + token();
    }

    private String token() {
        String stamp = secrets.stamp("", "setup link");
        return stamp.substring(stamp.lastIndexOf('.') + 1);
    }

    boolean isRight(String given) {
        return MessageDigest.isEqual(token().getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
