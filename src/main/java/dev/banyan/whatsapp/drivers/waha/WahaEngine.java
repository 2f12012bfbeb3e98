package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.connections.Connection;

/// The engine and the version of a WAHA server, and what follows from them. What is not known counts as old.
///
/// @param name such as `GOWS`; empty if it is not known
/// @param version its numbers: year, month, patch; empty if it is not known
record WahaEngine(String name, List<Integer> version) {

    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})*");
    private static final Set<Capability> ALWAYS = Collections.unmodifiableSet(EnumSet.of(
            Capability.TEXT,
            Capability.IMAGE,
            Capability.DOCUMENT,
            Capability.AUDIO,
            Capability.VIDEO,
            Capability.LOCATION,
            Capability.CONTACT,
            Capability.REACTION,
            Capability.REPLY,
            Capability.TYPING,
            Capability.READ_RECEIPTS,
            Capability.NUMBER_CHECK,
            Capability.QR_CODE,
            Capability.PAIRING_CODE,
            Capability.PROXY));

    WahaEngine {
        version = List.copyOf(version);
    }

    static WahaEngine of(Connection connection) {
        return of(connection.facts().engine(), connection.facts().version());
    }

    static WahaEngine of(Optional<String> name, Optional<String> version) {
        return new WahaEngine(name.orElse(""), version.map(WahaEngine::numbers).orElse(List.of()));
    }

    private static List<Integer> numbers(String version) {
        var matcher = NUMBERS.matcher(version);
        return matcher.lookingAt()
                ? Arrays.stream(matcher.group().split("\\.", -1))
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.copyOf(ALWAYS);
        if (isSince(2026, 8)) {
            all.add(Capability.STICKER);
        }
        if (isWithoutBrowser()) {
            all.add(Capability.LIST);
        }
        if (isGows() && isSince(2026, 7, 1)) {
            all.add(Capability.PASSKEY);
        }
        return Collections.unmodifiableSet(all);
    }

    boolean isGows() {
        return name.equals("GOWS");
    }

    boolean isNoweb() {
        return name.equals("NOWEB");
    }

    /// These two know all chats of a number at once, take message ids from us, and send lists.
    boolean isWithoutBrowser() {
        return isGows() || isNoweb();
    }

    /// Returns whether messages may carry an id that we have chosen.
    boolean takesOurIds() {
        return isWithoutBrowser() && isSince(2026, 4, 3);
    }

    /// Returns whether the free image sends files and has many sessions.
    boolean isComplete() {
        return isSince(2026, 6, 1);
    }

    private boolean isSince(Integer... wanted) {
        if (version.isEmpty()) {
            return false;
        }
        var here = new ArrayList<>(version);
        while (here.size() < wanted.length) {
            here.add(0);
        }
        for (int i = 0; i < wanted.length; i++) {
            int difference = here.get(i).compareTo(wanted[i]);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return true;
    }
}
