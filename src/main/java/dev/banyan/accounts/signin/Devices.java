package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Recognizes the devices that people sign in with, by our own cookie or by browser and network, and notifies the
/// person of a new one. Also recognizes the networks they sign in from.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads and writes the cookie that identifies a device")
@Singleton
public record Devices(
        Database database, LoginSessions sessions, Mails mails, SealedSecrets secrets, Settings settings, Clock clock)
        implements Expiring {

    private static final Duration LIFE = Duration.ofDays(365);
    /// How long a network counts as the person's own after a sign-in.
    private static final Duration AT_HOME = Duration.ofDays(90);

    /// Returns the device that sent the request. A device without our cookie gets a secret, which [#with] stores in it.
    Device of(Call call) {
        return Device.of(call, call.cookie(cookieName()).filter(secret -> !secret.isEmpty()));
    }

    private String cookieName() {
        return settings.isHttps() ? "__Host-banyan_device" : "banyan_device";
    }

    /// Opens a session on the device, and notifies the person if it is new. A person's first device is not reported.
    LoginSessions.Opened signIn(Tx tx, Identity person, Device device) {
        greet(tx, person, device);
        return sessions.open(tx, person.id(), device);
    }

    private void greet(Tx tx, Identity person, Device device) {
        if (device.equals(Device.UNKNOWN)) {
            return;
        }
        var store = new DeviceStore(tx);
        IdentityId id = person.id();
        List<String> names = List.of(Digests.sha256Hex(device.secret()), device.print());
        boolean isNews = !store.knows(id, names) && store.hasAny(id);
        Stream<String> network = Stream.of(device.network()).filter(at -> !at.isEmpty());
        store.remember(
                id,
                Stream.concat(names.stream(), network.map(at -> digest(id, at))).toList(),
                clock.instant());
        if (isNews && store.wantsMails(id)) {
            mails.send(tx, MailKind.SIGN_IN, person.email(), "New sign-in to your Banyan account", """
                    A new device signed in to your account: %s, from %s, on %s.

                    If it was you, there's nothing to do. If not, change your password and sign the device out here:
                    %s/admin/settings#sessions
                    """.formatted(
                            DeviceWords.of(device.userAgent()),
                            device.network().isEmpty() ? "an unknown network" : device.network(),
                            Words.moment(clock.instant(), new IdentityStore(tx).zone(id)),
                            settings.baseUrl()));
        }
    }

    /// Tells a person's own device or network from unknown ones, for limits. Takes as long for an unknown person.
    RateLimits.Origin place(Tx tx, IdentityId person, Device device, String ip) {
        var store = new DeviceStore(tx);
        String secret = Digests.sha256Hex(device.secret());
        String network = Device.network(ip);
        boolean ownDevice = store.knows(person, List.of(secret));
        boolean ownNetwork = store.knowsSince(
                person, digest(person, network), clock.instant().minus(AT_HOME));
        return ownDevice
                ? RateLimits.Origin.known(secret, secret)
                : ownNetwork ? RateLimits.Origin.known(ip, network) : RateLimits.Origin.strange(ip);
    }

    private String digest(IdentityId person, String network) {
        return secrets.stamp(network, "network of " + person);
    }

    /// Returns the answer with the cookie that identifies the device.
    Response with(Device device, Response answer) {
        return device.isNew()
                ? Response.fromResponse(answer)
                        .header(
                                HttpHeaders.SET_COOKIE,
                                SetCookie.of(cookieName(), device.secret(), LIFE, settings.isHttps()))
                        .build()
                : answer;
    }

    public boolean mailsWanted(IdentityId identity) {
        return database.read(tx -> new DeviceStore(tx).wantsMails(identity));
    }

    public void setMails(IdentityId identity, boolean wanted) {
        database.write(tx -> {
            new DeviceStore(tx).setMails(identity, wanted, clock.instant());
            return Optional.empty();
        });
    }

    /// Deletes devices that were not used for a year.
    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new DeviceStore(tx).deleteSeenBefore(clock.instant().minus(LIFE), 1_000));
    }
}
