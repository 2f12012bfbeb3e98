package dev.banyan.accounts;

import dev.banyan.platform.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody may do in an account, as a form asks for it; {@code more} says that there are sub-accounts without a
 * box to tick, which {@code named} names.
 */
record MemberForm(String role, String scope, List<Box> boxes, boolean more, String named) {

    /** A sub-account to tick. */
    record Box(String username, String displayName, boolean ticked) {}

    static final Invalid NO_ROLE = new Invalid("role", "Choose what the person may do");

    /** Boxes to tick; the others are named. */
    private static final int BOXES = 50;

    /** What was typed, or is so now, beside the sub-accounts that there are. */
    static MemberForm of(
            SubAccounts subAccounts,
            AccountContext context,
            String role,
            String scope,
            List<String> chosen,
            String named) {
        SubAccounts.Listed listed = subAccounts.list(context, "", Optional.empty(), BOXES);
        List<Box> boxes = listed.subAccounts().stream()
                .map(SubAccounts.SubAccount::account)
                .map(account -> new Box(account.username(), account.displayName(), chosen.contains(account.username())))
                .toList();
        return new MemberForm(role, scope, boxes, listed.next().isPresent(), named);
    }

    /** The usernames that were ticked, and those that were typed. */
    static List<String> chosen(List<String> ticked, String named) {
        return Stream.concat(ticked.stream(), Stream.of(named.split("[\\s,;]+")).filter(name -> !name.isEmpty()))
                .toList();
    }

    /** The same, where those without a box are named. */
    MemberForm naming(List<String> chosen) {
        List<String> boxed = boxes.stream().map(Box::username).toList();
        String others = chosen.stream().filter(name -> !boxed.contains(name)).collect(Collectors.joining(" "));
        return new MemberForm(role, scope, boxes, more || !others.isEmpty(), others);
    }

    public boolean owner() {
        return role.equals(MemberRole.OWNER.key());
    }

    public boolean listed() {
        return scope.equals("listed");
    }
}
