package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/// A person whom a provider has named.
///
/// @param issuer as in [SsoProvider#identity]
/// @param subject never changes, and is never given to another person
/// @param emailVerified empty if the provider doesn’t say
/// @param hostedDomain of the organization that the account belongs to, where the provider says so (Google’s `hd`)
/// @param username a wish
/// @param sent the names of all that the provider says about the person
public record SsoPerson(
        String issuer,
        String subject,
        Optional<String> email,
        Optional<Boolean> emailVerified,
        Optional<String> hostedDomain,
        Optional<String> username,
        List<String> groups,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> sent) {

    /// What is said to people without an email that counts.
    public static final String NO_EMAIL = "Your sign-in provider didn’t confirm an email address.";

    /// What is said about an email that the rule for emails refuses.
    public static final String BAD_EMAIL =
            "Ask an admin of the provider for one without accents or other special letters.";

    private static final Set<String> INSTEAD_OF_GROUPS =
            Set.of("_claim_names", "hasgroups", "http://schemas.microsoft.com/claims/groups.link");
    private static final int SHOWN = 20;
    private static final int LONGEST_SHOWN = 100;

    /// A person of a provider that has one organization.
    public SsoPerson(
            String issuer,
            String subject,
            Optional<String> email,
            Optional<Boolean> emailVerified,
            Optional<String> username,
            List<String> groups,
            List<String> sent) {
        this(issuer, subject, email, emailVerified, Optional.empty(), username, groups, sent);
    }

    /// Returns the same person, who is also in the groups that another of their names has.
    SsoPerson withGroupsOf(SsoPerson other) {
        List<String> all =
                Stream.concat(groups.stream(), other.groups.stream()).distinct().toList();
        return new SsoPerson(issuer, subject, email, emailVerified, hostedDomain, username, all, sent);
    }

    /// Says which groups the provider named, as a sentence.
    public String groupsSent() {
        return groups.isEmpty()
                ? groupsLeftOut().orElse("Your provider sent no groups.")
                : "Your provider sent the groups “" + listed(groups) + "”.";
    }

    /// Says whether the provider sent an email that counts, as a sentence.
    public String emailSent() {
        return email.map(found -> emailVerified.orElse(true)
                        ? "Your provider sent the email “" + found + "”."
                        : "Your provider sent the email “" + found + "” and says that it isn’t verified.")
                .orElseGet(() -> "Your provider sent no email, only “" + listed(sent) + "”.");
    }

    /// Says what to do where Entra ID sends a link in place of the groups.
    public Optional<String> groupsLeftOut() {
        return groups.isEmpty() && sent.stream().anyMatch(INSTEAD_OF_GROUPS::contains)
                ? Optional.of("Your provider left the groups out, as Entra ID does for people in more than 200. Choose"
                        + " “Groups assigned to the application” there, or app roles.")
                : Optional.empty();
    }

    private static String listed(List<String> names) {
        String shown = names.stream()
                .limit(SHOWN)
                .map(name -> name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name)
                .collect(Collectors.joining(", "));
        return shown + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
