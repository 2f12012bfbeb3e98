package dev.banyan.analytics;

import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.banyan.platform.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/// In which country an address is, by the file that the setting `geoip` names: no address leaves this server.
@Singleton
public final class Countries {

    private static final Logger LOG = Logger.getLogger(Countries.class);

    private final Optional<DatabaseReader> reader;

    Countries(Settings settings) {
        this.reader = settings.geoip().flatMap(Countries::open);
    }

    private static Optional<DatabaseReader> open(Path file) {
        try {
            // It is mapped, not read: the system keeps in memory what is asked for.
            return Optional.of(new DatabaseReader.Builder(file.toFile()).build());
        } catch (IOException | RuntimeException failure) {
            LOG.errorf("Countries stay unknown: %s cannot be read (%s)", file, failure.getMessage());
            return Optional.empty();
        }
    }

    /// Whether any country can be known on this server.
    public boolean areKnown() {
        return reader.isPresent();
    }

    /// @param address an IP address, as it is written
    /// @return two letters, such as `AE`
    public Optional<String> of(String address) {
        if (reader.isEmpty()) {
            return Optional.empty();
        }
        try {
            return reader.get()
                    .tryCountry(InetAddress.ofLiteral(address))
                    .map(found -> found.country().isoCode())
                    .filter(code -> code != null && code.length() == 2);
        } catch (IOException | GeoIp2Exception | IllegalArgumentException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /// After the last visit was counted.
    @PreDestroy
    void close() {
        reader.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException failure) {
                LOG.debug("The file of countries did not close", failure);
            }
        });
    }
}
