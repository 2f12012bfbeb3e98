package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;

/// A person whom a provider has named, and by what it is asked about them again.
///
/// @param renewal the refresh token, or the name in the directory
/// @param idToken by which an OpenID provider knows whom to sign out
/// @param until when the provider wants the session to end, if it can’t be asked again
/// @param unsaid why the provider said no more about the person, as a sentence for admins
public record SsoProof(
        SsoPerson person,
        Optional<String> renewal,
        Optional<String> idToken,
        Optional<Instant> until,
        Optional<String> unsaid) {

    private static final int LONGEST_SESSION = 255;

    public SsoProof(SsoPerson person, Optional<String> renewal, Optional<String> idToken) {
        this(person, renewal, idToken, Optional.empty(), Optional.empty());
    }

    /// Returns what the provider calls the session, if it says so: `sid`. Its tokens were checked before.
    public Optional<String> providerSession() {
        return idToken.flatMap(token -> {
            try {
                return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet())
                        .flatMap(claims ->
                                claims.getClaim("sid") instanceof String sid ? Optional.of(sid) : Optional.empty())
                        .filter(sid -> !sid.isEmpty() && sid.length() <= LONGEST_SESSION);
            } catch (ParseException _) {
                return Optional.empty();
            }
        });
    }

    /// @param why the person isn’t in; empty if they are
    public SignInFacts facts(Optional<String> why) {
        return SignInFacts.of(
                person, why.map(text -> text + unsaid.map(" "::concat).orElse("")));
    }

    /// Returns when a session ends that begins now, unless the provider answers. One that can’t be asked again decides
    /// about all of it: without a word from it, the session lasts like any other.
    public Instant sessionEnd(Instant now) {
        Instant latest = now.plus(renewal.isPresent() ? UsedSessions.WITHOUT_ANSWER : Rechecks.LONGEST_SILENCE);
        return until.filter(latest::isAfter).orElse(latest);
    }
}
