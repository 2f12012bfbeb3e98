package dev.banyan.platform.http;

import module java.base;
import com.maxmind.db.CHMCache;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.banyan.platform.config.Settings;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/// Looks up the country of an IP address in a file that the operator provides. Without a file, every country is
/// unknown; no outside service is ever asked.
@Singleton
public final class Countries {

    private static final int ENTRIES = 4_096;

    private final Optional<DatabaseReader> reader;

    public Countries(Settings settings) {
        this.reader = settings.geoipFile().flatMap(Countries::open);
    }

    private static Optional<DatabaseReader> open(Path file) {
        try {
            return Optional.of(new DatabaseReader.Builder(file.toFile())
                    .withCache(new CHMCache(ENTRIES))
                    .build());
        } catch (IOException | RuntimeException failure) {
            Log.errorf("Countries are unknown because %s cannot be read (%s)", file, failure.getMessage());
            return Optional.empty();
        }
    }

    public boolean areKnown() {
        return reader.isPresent();
    }

    /// @param address in numbers, never a name
    /// @return two capitals, such as `DE`; empty if unknown
    public String of(String address) {
        return reader.map(found -> look(found, address)).orElse("");
    }

    private static String look(DatabaseReader reader, String address) {
        try {
            return reader.tryCountry(InetAddress.ofLiteral(address))
                    .map(answer -> answer.country().isoCode())
                    .orElse("");
        } catch (IOException | GeoIp2Exception | IllegalArgumentException _) {
            return "";
        }
    }

    @PreDestroy
    void close() throws IOException {
        if (reader.isPresent()) {
            reader.get().close();
        }
    }
}
