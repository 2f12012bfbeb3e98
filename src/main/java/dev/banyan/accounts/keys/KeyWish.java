package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.KeyLimits.Scope;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.Networks;
import dev.banyan.platform.Parse;
import dev.banyan.platform.db.Tx;

/// What a key is to be narrowed to, and whether it is for tests, as people and programs write it.
///
/// @param brands ids or usernames
record KeyWish(
        List<String> brands,
        Optional<String> project,
        Optional<String> workspace,
        Optional<String> pool,
        Optional<String> expiresAt,
        List<String> networks,
        Optional<Integer> perMinute,
        boolean test) {

    static final KeyWish NONE = new KeyWish(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);

    private static final int BRANDS_AT_MOST = 50;
    private static final int NETWORKS_AT_MOST = 20;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    /// @throws Wrong if a field can't be
    KeyLimits limits(Tx tx, AccountId root, KeyParts parts, Instant now) throws Wrong {
        return new KeyLimits(scope(tx, root, parts), expiry(now), checkedNetworks(), checkedPerMinute());
    }

    /// A field that can't be.
    static final class Wrong extends Exception {

        private final transient Invalid invalid;
        private final boolean unknown;

        /// @param forPeople the same on a page, where fields have no names
        Wrong(String field, String why, String forPeople) {
            this(new Invalid(field, why, forPeople), false);
        }

        /// @param unknown whether it names what the account doesn't have
        Wrong(Invalid invalid, boolean unknown) {
            this.invalid = invalid;
            this.unknown = unknown;
        }

        boolean isUnknown() {
            return unknown;
        }

        Invalid invalid() {
            return invalid;
        }
    }

    private Scope scope(Tx tx, AccountId root, KeyParts parts) throws Wrong {
        long named =
                Stream.of(project, workspace, pool).filter(Optional::isPresent).count() + (brands.isEmpty() ? 0 : 1);
        if (named == 0) {
            return Scope.ACCOUNT;
        }
        if (named > 1) {
            throw new Wrong(
                    "scope",
                    "Name brands, a projectId, a subClientId or a master, and only one of them",
                    "Name brands or choose one of these, not both.");
        }
        if (!brands.isEmpty()) {
            return new Scope(Part.BRANDS, brands(tx, root));
        }
        Part part = project.isPresent() ? Part.PROJECT : workspace.isPresent() ? Part.WORKSPACE : Part.POOL;
        String field = project.isPresent() ? "projectId" : workspace.isPresent() ? "subClientId" : "master";
        String id = project.or(() -> workspace).or(() -> pool).orElseThrow();
        if (!ID.matcher(id).matches()) {
            throw new Wrong(field, field + " must be an id", "Choose one of the list.");
        }
        return new Scope(
                part,
                Set.of(parts.find(tx, root, part, id)
                        .orElseThrow(() -> new Wrong(
                                new Invalid(
                                        field,
                                        field + " must be a " + part.key() + " of this account",
                                        "This " + part.key() + " wasn't found. It may have been deleted."),
                                true))));
    }

    private Set<String> brands(Tx tx, AccountId root) throws Wrong {
        if (brands.size() > BRANDS_AT_MOST) {
            throw new Wrong(
                    "brands",
                    "A key can be for up to " + BRANDS_AT_MOST + " brands",
                    "Name up to " + BRANDS_AT_MOST + " brands.");
        }
        var accounts = new AccountStore(tx);
        var ids = new HashSet<String>();
        for (String named : brands) {
            Optional<Account> brand = AccountId.parse(named)
                    .map(id -> accounts.findSubAccount(root, id))
                    .orElseGet(() -> accounts.findByUsername(Names.lower(named)))
                    .filter(account -> account.parent().equals(Optional.of(root)));
            ids.add(brand.orElseThrow(
                            () -> new Wrong(new Invalid("brands", "Brand not found: " + shortened(named)), true))
                    .id()
                    .toString());
        }
        return Set.copyOf(ids);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    private Optional<Instant> expiry(Instant now) throws Wrong {
        if (expiresAt.isEmpty()) {
            return Optional.empty();
        }
        Instant end = Parse.of(
                        expiresAt.get(), text -> OffsetDateTime.parse(text).toInstant())
                .orElseThrow(() -> new Wrong(
                        "expiresAt",
                        "expiresAt must be a time such as 2027-01-31T00:00:00Z",
                        "Enter a day such as 2027-01-31."));
        if (!end.isAfter(now)) {
            throw new Wrong("expiresAt", "expiresAt must be in the future", "Choose a day in the future.");
        }
        return Optional.of(end);
    }

    private List<String> checkedNetworks() throws Wrong {
        if (networks.size() > NETWORKS_AT_MOST) {
            throw new Wrong(
                    "networks",
                    "A key can have up to " + NETWORKS_AT_MOST + " networks",
                    "Name up to " + NETWORKS_AT_MOST + " networks.");
        }
        for (String network : networks) {
            if (!Networks.isNetwork(network)) {
                throw new Wrong(
                        "networks",
                        "networks must be addresses such as 203.0.113.0/24 or 2001:db8::/32",
                        "Enter addresses such as 203.0.113.0/24 or 2001:db8::/32.");
            }
        }
        return List.copyOf(networks);
    }

    private Optional<Integer> checkedPerMinute() throws Wrong {
        if (perMinute.filter(number -> number < 1 || number > 100_000).isPresent()) {
            throw new Wrong(
                    "requestsPerMinute",
                    "requestsPerMinute must be a number from 1 to 100000",
                    "Enter a number from 1 to 100,000.");
        }
        return perMinute;
    }
}
