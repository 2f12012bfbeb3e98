package dev.banyan.platform.dns;

import module java.base;
import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/// The public suffix list, as it comes with the HTTP client: below which names anyone can register one.
final class PublicSuffixes {

    private PublicSuffixes() {}

    /// @param host in lower case, in punycode
    static boolean isSuffix(String host) {
        return list().getDomainRoot(host) == null;
    }

    /// Returns whether a name is registered as it is. Suffixes of companies, such as `github.io`, don't count:
    /// their names may have any records. A top-level domain that the list doesn't know is a suffix.
    static boolean isRegistered(String host) {
        return Optional.ofNullable(list().getDomainRoot(host, DomainType.ICANN))
                .or(() -> Optional.ofNullable(list().getDomainRoot(host)))
                .filter(host::equals)
                .isPresent();
    }

    private static PublicSuffixMatcher list() {
        return PublicSuffixMatcherLoader.getDefault();
    }
}
