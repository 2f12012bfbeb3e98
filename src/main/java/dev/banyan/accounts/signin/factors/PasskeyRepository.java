package dev.banyan.accounts.signin.factors;

import module java.base;
import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.exception.Base64UrlException;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Gives the library access to the stored passkeys. Its user name is the id of the person, its user handle the same in
/// bytes: neither reveals who it is.
@Singleton
record PasskeyRepository(Database database) implements CredentialRepository {

    static ByteArray handle(IdentityId identity) {
        return new ByteArray(ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(identity.value().getMostSignificantBits())
                .putLong(identity.value().getLeastSignificantBits())
                .array());
    }

    static Optional<IdentityId> identity(ByteArray handle) {
        if (handle.size() != Long.BYTES * 2) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(handle.getBytes());
        return Optional.of(new IdentityId(new UUID(bytes.getLong(), bytes.getLong())));
    }

    /// Decodes text that was written here, or that has the same length.
    private static ByteArray bytes(String base64Url) {
        try {
            return ByteArray.fromBase64Url(base64Url);
        } catch (Base64UrlException broken) {
            throw new IllegalStateException("A stored passkey is damaged", broken);
        }
    }

    @Override
    public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
        return person(username).stream()
                .flatMap(identity -> database.read(tx -> new PasskeyStore(tx).list(identity)).stream())
                .map(passkey -> PublicKeyCredentialDescriptor.builder()
                        .id(bytes(passkey.credentialId()))
                        .transports(passkey.transports().stream()
                                .map(AuthenticatorTransport::of)
                                .collect(Collectors.toSet()))
                        .build())
                .collect(Collectors.toSet());
    }

    /// Finds the person. For a new passkey the library passes the e-mail, which browsers show; otherwise the id.
    private Optional<IdentityId> person(String username) {
        return IdentityId.parse(username)
                .or(() -> database.read(tx -> new IdentityStore(tx).findByEmail(username))
                        .map(person -> person.identity().id()));
    }

    @Override
    public Optional<ByteArray> getUserHandleForUsername(String username) {
        return person(username).map(PasskeyRepository::handle);
    }

    @Override
    public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
        return identity(userHandle).map(IdentityId::toString);
    }

    @Override
    public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
        return find(credentialId).filter(found -> found.getUserHandle().equals(userHandle));
    }

    @Override
    public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
        return find(credentialId).stream().collect(Collectors.toSet());
    }

    private Optional<RegisteredCredential> find(ByteArray credentialId) {
        return database.read(tx -> new PasskeyStore(tx).find(credentialId.getBase64Url()))
                .map(passkey -> RegisteredCredential.builder()
                        .credentialId(credentialId)
                        .userHandle(handle(passkey.identity()))
                        .publicKeyCose(bytes(passkey.publicKey()))
                        .signatureCount(passkey.signCount())
                        .build());
    }
}
