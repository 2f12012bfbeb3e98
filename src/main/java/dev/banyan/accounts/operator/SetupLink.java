package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.Digests;
import jakarta.inject.Singleton;

/// The link with which a new server's owner creates the first operator. It is valid as long as the process runs: anyone
/// who can read the server's output owns the server.
@Singleton
public final class SetupLink {

    private final String token = Digests.newToken();

    SetupLink() {}

    public String path() {
        return "/setup?token=" + token;
    }

    boolean isRight(String given) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
