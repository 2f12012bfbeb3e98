package dev.banyan.accounts.signin.factors;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import dev.banyan.accounts.Identity;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Creates challenges for devices that hold passkeys, and checks their responses. The relying party is the host of the
/// base URL, so responses on other sites are not valid here.
@Singleton
public record Passkeys(PasskeyRepository repository, PasskeyChallenges challenges, Settings settings, Clock clock) {

    private static final int LONGEST = 20_000;
    private static final int LONGEST_KEY = 2_000;
    private static final int LONGEST_ID = 1_364;
    private static final Set<String> TRANSPORTS = Set.of("usb", "nfc", "ble", "hybrid", "internal");
    private static final Set<String> AT_HOME = Set.of("127.0.0.1", "[::1]");

    /// What a challenge is for.
    ///
    /// @param person whose passkeys can answer it; empty for anyone's
    public record Purpose(String name, Optional<IdentityId> person, UserVerificationRequirement verification) {

        /// Signs in with a passkey that is sufficient by itself: the device must verify its owner.
        public static Purpose signIn() {
            return new Purpose("sign-in", Optional.empty(), UserVerificationRequirement.REQUIRED);
        }

        /// Continues the sign-in of a person whose password was right.
        ///
        /// @param step the digest of the sign-in
        public static Purpose secondStep(String step, IdentityId person) {
            return new Purpose("second step " + step, Optional.of(person), UserVerificationRequirement.PREFERRED);
        }

        /// Proves again who uses a session. As for a sign-in with a passkey alone, the device must verify its owner.
        ///
        /// @param session its digest
        public static Purpose proof(String session, IdentityId person) {
            return new Purpose("proof " + session, Optional.of(person), UserVerificationRequirement.REQUIRED);
        }
    }

    /// What a browser passes on to a device.
    ///
    /// @param token is sent back with the response
    /// @param options in JSON
    public record Asked(String token, String options) {}

    /// A new passkey that a device created, before it is stored.
    public record Made(PasskeyChallenges.Open challenge, Passkey passkey) {}

    /// A valid response from a person's device; [#accept] makes it count.
    ///
    /// @param before the stored counter
    /// @param after the counter that the device reports
    public record Proved(
            PasskeyChallenges.Open challenge, IdentityId identity, String credentialId, long before, long after) {}

    /// Returns the relying party. Browsers have no passkeys for IP addresses: a server at home is `localhost` to them.
    private RelyingParty party() {
        URI base = URI.create(settings.baseUrl());
        String host = Optional.ofNullable(base.getHost())
                .filter(name -> !AT_HOME.contains(name))
                .orElse("localhost");
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        return RelyingParty.builder()
                .identity(RelyingPartyIdentity.builder().id(host).name("Banyan").build())
                .credentialRepository(repository)
                .origins(Set.of(base.getScheme() + "://" + host + port))
                .clock(clock)
                .build();
    }

    /// Creates a challenge for a new passkey. It names the passkeys that the person has, so that a device that holds
    /// one creates no second.
    public Asked askNew(Identity person) {
        PublicKeyCredentialCreationOptions request = party().startRegistration(StartRegistrationOptions.builder()
                .user(UserIdentity.builder()
                        .name(person.email())
                        .displayName(person.email())
                        .id(PasskeyRepository.handle(person.id()))
                        .build())
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.PREFERRED)
                        .userVerification(UserVerificationRequirement.PREFERRED)
                        .build())
                .timeout(PasskeyChallenges.LIFE.toMillis())
                .build());
        try {
            return new Asked(challenges.seal(ofNew(person.id()), request.toJson()), request.toCredentialsCreateJson());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The library cannot write what it made", impossible);
        }
    }

    private static String ofNew(IdentityId identity) {
        return "new " + identity;
    }

    /// @return empty if the response does not match a challenge for this person
    public Optional<Made> made(IdentityId identity, String name, String token, String credential) {
        return challenges
                .open(ofNew(identity), token)
                .filter(_ -> credential.startsWith("{") && credential.length() <= LONGEST)
                .flatMap(open -> register(open, credential)
                        .map(result -> new Made(open, passkey(identity, name, result)))
                        .filter(made -> made.passkey().credentialId().length() <= LONGEST_ID
                                && made.passkey().publicKey().length() <= LONGEST_KEY));
    }

    private Optional<RegistrationResult> register(PasskeyChallenges.Open open, String credential) {
        try {
            return Optional.of(party().finishRegistration(FinishRegistrationOptions.builder()
                    .request(PublicKeyCredentialCreationOptions.fromJson(open.request()))
                    .response(PublicKeyCredential.parseRegistrationResponseJson(credential))
                    .build()));
        } catch (IOException | RegistrationFailedException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Passkey passkey(IdentityId identity, String name, RegistrationResult result) {
        List<String> transports = result.getKeyId().getTransports().stream()
                .flatMap(Set::stream)
                .map(AuthenticatorTransport::getId)
                .filter(TRANSPORTS::contains)
                .toList();
        return new Passkey(
                result.getKeyId().getId().getBase64Url(),
                identity,
                name,
                result.getPublicKeyCose().getBase64Url(),
                result.getSignatureCount(),
                transports,
                clock.instant(),
                Optional.empty());
    }

    /// Stores a new passkey.
    ///
    /// @return false if it was stored already
    public boolean keep(Tx tx, Made made) {
        return challenges.claim(tx, made.challenge()) && new PasskeyStore(tx).insert(made.passkey());
    }

    /// Creates a challenge for passkeys that exist.
    public Asked ask(Purpose purpose) {
        AssertionRequest request = party().startAssertion(StartAssertionOptions.builder()
                .username(purpose.person().map(IdentityId::toString))
                .userVerification(purpose.verification())
                .timeout(PasskeyChallenges.LIFE.toMillis())
                .build());
        try {
            return new Asked(challenges.seal(purpose.name(), request.toJson()), request.toCredentialsGetJson());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The library cannot write what it made", impossible);
        }
    }

    /// @return empty if the response does not match a challenge for this purpose
    public Optional<Proved> proved(Purpose purpose, String token, String credential) {
        return challenges
                .open(purpose.name(), token)
                .filter(_ -> credential.startsWith("{") && credential.length() <= LONGEST)
                .flatMap(open -> verify(open, credential)
                        .flatMap(result -> PasskeyRepository.identity(
                                        result.getCredential().getUserHandle())
                                .map(identity -> new Proved(
                                        open,
                                        identity,
                                        result.getCredential().getCredentialId().getBase64Url(),
                                        result.getCredential().getSignatureCount(),
                                        result.getSignatureCount()))))
                .filter(proved ->
                        purpose.person().isEmpty() || purpose.person().get().equals(proved.identity()));
    }

    private Optional<AssertionResult> verify(PasskeyChallenges.Open open, String credential) {
        try {
            return Optional.of(party().finishAssertion(FinishAssertionOptions.builder()
                            .request(AssertionRequest.fromJson(open.request()))
                            .response(PublicKeyCredential.parseAssertionResponseJson(credential))
                            .build()))
                    .filter(AssertionResult::isSuccess);
        } catch (IOException | AssertionFailedException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// @return false if the same response counted before, or the passkey was used or removed meanwhile
    public boolean accept(Tx tx, Proved proved, Instant now) {
        return challenges.claim(tx, proved.challenge())
                && new PasskeyStore(tx)
                        .use(proved.identity(), proved.credentialId(), proved.before(), proved.after(), now);
    }
}
