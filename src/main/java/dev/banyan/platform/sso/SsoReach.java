package dev.banyan.platform.sso;

import module java.base;

/// Says in one sentence who could come in with some settings.
public final class SsoReach {

    private static final int NAMED = 3;

    private SsoReach() {}

    /// @param domains of people's emails that count; empty: all
    /// @param known what people are called who are known here already: `users` or `members`
    public static String of(SsoSettings settings, List<String> domains, String known) {
        var who = new StringBuilder("Everyone ").append(accounts(settings.provider()));
        if (!domains.isEmpty()) {
            who.append(isHosted(settings) ? " at " : " and an email at ").append(any(domains));
        }
        var conditions = new ArrayList<String>();
        if (settings.defaultRole().isEmpty()) {
            List<String> groups = List.copyOf(settings.roles().keySet());
            conditions.add("in the group "
                    + any(groups.stream().map(name -> "“" + name + "”").toList()));
        }
        if (!settings.createUsers() || domains.isEmpty() && settings.isOpenToAnyone()) {
            conditions.add("already among your " + known);
        }
        if (!conditions.isEmpty()) {
            who.append(" who is ").append(String.join(" and ", conditions));
        }
        return who.append(" can sign in.").toString();
    }

    private static boolean isHosted(SsoSettings settings) {
        return PublicIssuers.isGoogle(settings.provider());
    }

    private static String accounts(SsoProvider provider) {
        Optional<String> accounts = PublicIssuers.accountsOf(provider);
        return accounts.map(name -> "with " + ("AEIO".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name + " account")
                .orElseGet(() -> "with an account at " + provider.shownHost());
    }

    private static String any(List<String> names) {
        List<String> shown =
                names.size() > NAMED ? List.of(names.get(0), names.get(1), (names.size() - 2) + " others") : names;
        return shown.size() < 2
                ? String.join("", shown)
                : String.join(", ", shown.subList(0, shown.size() - 1)) + " or " + shown.getLast();
    }

    /// Returns why new people can't come in although the settings say so; empty if they can.
    public static Optional<String> notice(SsoSettings settings) {
        return PublicIssuers.accountsOf(settings.provider())
                .filter(_ -> settings.isOpenToAnyone())
                .map(name -> "Anyone can have a " + name
                        + " account, so no new people can come in. Enter the domains of your "
                        + "people, or give roles by group only.");
    }
}
