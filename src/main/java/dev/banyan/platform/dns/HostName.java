package dev.banyan.platform.dns;

import module java.base;
import dev.banyan.platform.Idna;
import dev.banyan.platform.WebAddresses;

/// The name of a host as it is compared and looked up: lower case, without a dot at its end, other scripts in punycode.
///
/// @param value such as `links.example.com`
public record HostName(String value) {

    /// A DNS name has at most 253 characters, and the proof lies at `_banyan.` before it.
    public static final int LONGEST = 245;

    /// Stands for a host that is not chosen yet.
    public static final HostName NONE = new HostName("");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int LONGEST_TYPED = 1_000;

    /// Reads what people type: also a whole address with this host and nothing behind it.
    ///
    /// @return empty if it is not the full name of a host, such as `localhost`, an IP address, or one with a port
    public static Optional<HostName> parse(String typed) {
        if (typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String host = WebAddresses.seen(typed)
                .replaceFirst("(?i)^https?://", "")
                .replaceFirst("/$", "")
                .replaceFirst("\\.$", "");
        return Idna.ascii(host).filter(HostName::isFull).map(HostName::new);
    }

    private static boolean isFull(String host) {
        List<String> labels = List.of(host.split("\\.", -1));
        return host.length() <= LONGEST
                && labels.size() >= 2
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !NUMBER.matcher(labels.getLast()).matches();
    }

    /// Returns the name as people read it, other scripts in their own letters.
    public String shown() {
        return Idna.shown(value);
    }

    /// Returns whether it is where a registered name begins, such as `example.co.uk`, which cannot have a CNAME.
    public boolean isApex() {
        return PublicSuffixes.isRegistered(value);
    }

    /// Returns whether names of strangers are below it, as below `co.uk`.
    public boolean isPublicSuffix() {
        return PublicSuffixes.isSuffix(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
