package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import jakarta.inject.Singleton;

/// The state of the simulated WhatsApp while the server runs: how customers' phones behave, and what waits for
/// disconnected numbers. Both are limited; beyond the limits, phones have the default behavior and
/// messages are dropped.
@Singleton
public final class SimulatedPhones {

    private static final int MOODS = 10_000;
    private static final int NUMBERS_WITH_MAIL = 10_000;
    private static final int WAITING = 100;
    private static final int SEEN = 10_000;

    private record Customer(AccountId tenant, ContactAddress contact) {}

    private final SequencedSet<String> seen = new LinkedHashSet<>();
    private final Map<Customer, Instant> typing = new ConcurrentHashMap<>();
    private final Map<Customer, DeliveryBehavior> moods = new ConcurrentHashMap<>();
    private final Map<SenderKey, List<DriverEvent.OfContact>> waiting = new ConcurrentHashMap<>();

    /// Notes that the number has read these messages.
    void seen(List<String> providers) {
        synchronized (seen) {
            seen.addAll(providers);
            while (seen.size() > SEEN) {
                seen.removeFirst();
            }
        }
    }

    boolean isSeen(String provider) {
        synchronized (seen) {
            return seen.contains(provider);
        }
    }

    /// Notes until when the customer sees that the number types.
    void typing(AccountId tenant, ContactAddress phone, Instant until) {
        if (typing.size() < MOODS) {
            typing.put(new Customer(tenant, phone), until);
        }
    }

    boolean isTyping(AccountId tenant, ContactAddress phone, Instant now) {
        typing.values().removeIf(until -> !until.isAfter(now));
        return typing.containsKey(new Customer(tenant, phone));
    }

    DeliveryBehavior mood(AccountId tenant, ContactAddress phone) {
        return moods.getOrDefault(new Customer(tenant, phone), DeliveryBehavior.READS);
    }

    /// @return false if too many customers have a behavior of their own
    public boolean setMood(AccountId tenant, Phone phone, DeliveryBehavior mood) {
        var customer = new Customer(tenant, phone);
        if (mood == DeliveryBehavior.READS) {
            moods.remove(customer);
        } else if (moods.size() >= MOODS && !moods.containsKey(customer)) {
            return false;
        } else {
            moods.put(customer, mood);
        }
        return true;
    }

    /// Keeps a message to a number until it is connected again.
    ///
    /// @return false if too many are waiting already
    boolean keep(DriverEvent.OfContact event) {
        if (waiting.size() >= NUMBERS_WITH_MAIL && !waiting.containsKey(event.sender())) {
            return false;
        }
        List<DriverEvent.OfContact> after = waiting.compute(event.sender(), (_, before) -> {
            var more = new ArrayList<DriverEvent.OfContact>(before == null ? List.of() : before);
            if (more.size() < WAITING) {
                more.add(event);
            }
            return List.copyOf(more);
        });
        return after.contains(event);
    }

    /// Returns the waiting messages and forgets them.
    List<DriverEvent.OfContact> take(SenderKey sender) {
        return Optional.ofNullable(waiting.remove(sender)).orElse(List.of());
    }
}
