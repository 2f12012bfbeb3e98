package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.dns.Dns;
import dev.banyan.platform.dns.Dns.Looked;
import jakarta.inject.Singleton;

/// Looks the proof of a domain up.
@Singleton
record DomainProofs(Dns dns) {

    /// What a look-up has found.
    sealed interface Seen {

        /// @param texts all that is written there: several accounts may have written something
        record Texts(List<String> texts) implements Seen {

            boolean contain(Domain domain) {
                return texts.stream()
                        .flatMap(text -> Arrays.stream(text.strip().split("[\\s;,]+")))
                        .anyMatch(word -> word.equals(domain.proof())
                                || domain.workspace()
                                        .filter(id -> word.equals("verify=" + id))
                                        .isPresent());
            }
        }

        /// @param why a whole sentence
        record Unknown(String why) implements Seen {}
    }

    /// Waits for the DNS: not within a transaction.
    Seen of(Domain domain) {
        Seen there = seen(dns.texts(domain.proofName()));
        if (domain.workspace().isEmpty() || !(there instanceof Seen.Texts(List<String> texts))) {
            return there;
        }
        // The seed's form for workspaces: on the host itself.
        return switch (seen(dns.texts(domain.host().value()))) {
            case Seen.Texts(List<String> more) -> {
                var all = new ArrayList<>(texts);
                all.addAll(more);
                yield new Seen.Texts(List.copyOf(all));
            }
            case Seen.Unknown unknown -> new Seen.Texts(texts).contain(domain) ? there : unknown;
        };
    }

    private static Seen seen(Looked looked) {
        return switch (looked) {
            case Looked.Found(List<String> texts) -> new Seen.Texts(texts);
            case Looked.Nothing _ -> new Seen.Texts(List.of());
            case Looked.Unknown(String why) -> new Seen.Unknown(why);
        };
    }

    /// Returns the addresses of a name, IPv4 first; empty if they are not known.
    List<String> addresses(String name) {
        return known(name).orElse(List.of());
    }

    /// Returns the same, and nothing only if the DNS didn't answer.
    Optional<List<String>> known(String name) {
        List<Looked> looked = List.of(dns.addresses(name), dns.longAddresses(name));
        List<String> found = looked.stream()
                .flatMap(one -> one instanceof Looked.Found(List<String> texts) ? texts.stream() : Stream.of())
                .toList();
        return found.isEmpty() && looked.stream().anyMatch(Looked.Unknown.class::isInstance)
                ? Optional.empty()
                : Optional.of(found);
    }
}
