package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;

/// A fake gateway that a test breaks, in the same ways whatever its kind.
public interface BreakableGateway extends AutoCloseable {

    /// A message as a contact sees it: a repeated id of one number is the same message.
    record Shown(String number, String id, String text) {}

    GatewayDriver driver(GatewayTools tools);

    Connection connection();

    Credentials credentials();

    HeldCalls calls();

    /// A number was linked before.
    void hasLinked(String number, Phone phone);

    /// Lets its time pass, which is the test's clock.
    void timePasses(Duration time);

    void dies();

    void comesBack();

    /// Forgets the messages that it has sent.
    void forgets();

    void isBanned(String number);

    /// The phone's owner removes the device, or what comes closest to it.
    void isLoggedOut(String number);

    /// Returns whether a message can be sent again without reaching the contact twice.
    boolean takesRepeats();

    /// Returns whether a number can be restarted alone.
    default boolean restartsNumbers() {
        return true;
    }

    List<Shown> shown();

    @Override
    void close();
}
