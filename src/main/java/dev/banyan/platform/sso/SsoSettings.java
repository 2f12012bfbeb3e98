package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.document.JsonDocument;

/// How people sign in at their provider, without the secret.
///
/// @param label what the sign-in button names; empty: the provider’s host
/// @param roles the key of the role of each group
/// @param defaultRole of people without such a group; empty: they can’t sign in
/// @param createUsers whether users are created at their first sign-in
/// @param linkByEmail whether a user who exists already is recognized by an email that the provider has verified
/// @param allowedDomains whose people may come in; empty: all
public record SsoSettings(
        SsoProvider provider,
        Optional<String> label,
        Map<String, String> roles,
        Optional<String> defaultRole,
        boolean createUsers,
        boolean linkByEmail,

        @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(Include.NON_EMPTY)
        List<String> allowedDomains) {

    /// Settings with which people of all domains may come in.
    public SsoSettings(
            SsoProvider provider,
            Optional<String> label,
            Map<String, String> roles,
            Optional<String> defaultRole,
            boolean createUsers,
            boolean linkByEmail) {
        this(provider, label, roles, defaultRole, createUsers, linkByEmail, List.of());
    }

    @JsonIgnore
    public String shownName() {
        return label.orElseGet(provider::shownHost);
    }

    /// Whether anyone in the world could become a user: at a provider for all, with no word of whose people may come
    /// in.
    @JsonIgnore
    public boolean isOpenToAnyone() {
        boolean isByGroups = defaultRole.isEmpty() && PublicIssuers.namesGroups(provider);
        return PublicIssuers.accountsOf(provider).isPresent() && allowedDomains.isEmpty() && !isByGroups;
    }

    /// Whether people become users at their first sign-in. Never where anyone could, whatever was saved once.
    @JsonIgnore
    public boolean mayCreate() {
        return createUsers && !isOpenToAnyone();
    }

    /// Returns the same settings, by which only people who are known may come in.
    public SsoSettings withoutNewUsers() {
        return new SsoSettings(provider, label, roles, defaultRole, false, linkByEmail, allowedDomains);
    }

    /// Whether the person is of a domain that may come in.
    public boolean admits(SsoPerson person) {
        return allowedDomains.isEmpty() || isOf(allowedDomains, person);
    }

    /// Whether an account's provider may speak for a person at all: one for all people needs to say itself that one of
    /// these domains stands behind the person.
    public boolean speaksFor(Collection<String> domains, SsoPerson person) {
        return PublicIssuers.accountsOf(provider).isEmpty() || isOf(domains, person);
    }

    private boolean isOf(Collection<String> domains, SsoPerson person) {
        return domainOf(person).filter(domains::contains).isPresent();
    }

    /// Returns the domain that stands behind a person, as far as the provider can know.
    private Optional<String> domainOf(SsoPerson person) {
        if (PublicIssuers.isGoogle(provider)) {
            return person.hostedDomain().map(domain -> domain.toLowerCase(Locale.ROOT));
        }
        boolean isVerified =
                person.emailVerified().orElse(PublicIssuers.accountsOf(provider).isEmpty());
        return person.email()
                .filter(_ -> isVerified)
                .map(email -> email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    /// Returns the highest role that these groups give; empty if they may not sign in.
    ///
    /// @param ranks the keys of all roles, the highest first
    public Optional<String> roleOf(Collection<String> groups, List<String> ranks) {
        Set<String> keys = groups.stream().flatMap(GroupNames::keys).collect(Collectors.toSet());
        return roles.entrySet().stream()
                .filter(entry -> keys.contains(GroupNames.key(entry.getKey())))
                .map(Map.Entry::getValue)
                .filter(ranks::contains)
                .min(Comparator.comparingInt(ranks::indexOf))
                .or(() -> defaultRole);
    }

    /// Reads what [#written] made.
    public static SsoSettings read(String json) {
        return JsonDocument.read(json, SsoSettings.class);
    }

    /// Returns the settings as a column holds them.
    public String written() {
        return JsonDocument.write(this);
    }

    /// Says what is missing where anyone could become a user.
    Optional<Invalid> tooOpen() {
        Optional<String> accounts = PublicIssuers.accountsOf(provider);
        List<String> forAll = PublicIssuers.forAll(allowedDomains);
        if (accounts.isPresent() && !forAll.isEmpty()) {
            return Optional.of(new Invalid(
                    "allowedDomains",
                    "allowedDomains must not name " + forAll.getFirst() + ": anyone can have an email there",
                    "Anyone can have an email at " + forAll.getFirst() + ". Enter domains of your own."));
        }
        return accounts.filter(_ -> isOpenToAnyone())
                .map(name -> new Invalid(
                        "allowedDomains",
                        "allowedDomains is required: anyone can have a " + name
                                + " account. Or give roles by groups only, without a defaultRole",
                        "Anyone can have a " + name
                                + " account. Enter the domains of your people, or give roles by group and choose “They "
                                + "can’t sign in” for everyone else."));
    }
}
