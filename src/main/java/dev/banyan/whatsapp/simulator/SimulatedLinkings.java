package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.session.PairingCodes;
import dev.banyan.whatsapp.session.ReportLine;

/// The simulated numbers that are being linked: codes are shown one after the other, until a phone scans one.
final class SimulatedLinkings {

    /// One linking. Its lock also keeps its events in order.
    private static final class Linking {
        private final String pairing = PairingCodes.next();
        private int number;
        private boolean over;
        private boolean wantsPasskey;
        private Optional<Phone> scannedBy = Optional.empty();
        private Optional<Timers.Timer> timer = Optional.empty();
    }

    private final Clock clock;
    private final Timers timers;
    private final SimulatedFaults faults;
    private final ReportLine line;
    private final Map<SenderKey, Linking> linkings = new ConcurrentHashMap<>();

    SimulatedLinkings(Clock clock, Timers timers, SimulatedFaults faults, ReportLine line) {
        this.clock = clock;
        this.timers = timers;
        this.faults = faults;
        this.line = line;
    }

    void begin(SenderKey sender) {
        var linking = new Linking();
        if (linkings.putIfAbsent(sender, linking) == null) {
            showNext(sender, linking);
        }
    }

    private void showNext(SenderKey sender, Linking linking) {
        synchronized (linking) {
            if (linking.over) {
                return;
            }
            if (linking.number == SimulatorDriver.CODES || linking.wantsPasskey) {
                end(sender, linking);
                line.report(new DriverEvent.TimedOut(sender));
                return;
            }
            linking.number++;
            Instant now = clock.instant();
            Duration shown = linking.number == 1 ? SimulatorDriver.FIRST_CODE : SimulatorDriver.NEXT_CODE;
            restart(linking, shown, sender);
            line.report(new DriverEvent.Code(
                    sender, newCode(), linking.number, SimulatorDriver.CODES, now, now.plus(shown)));
        }
    }

    private void restart(Linking linking, Duration wait, SenderKey sender) {
        linking.timer.ifPresent(Timers.Timer::cancel);
        linking.timer = Optional.of(timers.in(wait, () -> showNext(sender, linking)));
    }

    /// Returns a code that begins like those of WhatsApp, but is short enough to fit into a small terminal.
    private static String newCode() {
        return "2@" + Digests.newToken();
    }

    Optional<String> pairingCode(SenderKey sender) {
        return of(sender).flatMap(linking -> {
            synchronized (linking) {
                return linking.over ? Optional.empty() : Optional.of(linking.pairing);
            }
        });
    }

    Optional<Passkey> passkey(SenderKey sender) {
        return of(sender).flatMap(linking -> {
            synchronized (linking) {
                return linking.wantsPasskey && !linking.over
                        ? Optional.of(new Passkey.Confirmation(linking.pairing))
                        : Optional.empty();
            }
        });
    }

    /// Returns the phone whose passkey is awaited.
    Optional<Phone> scannedBy(SenderKey sender) {
        return of(sender).flatMap(linking -> {
            synchronized (linking) {
                return linking.scannedBy;
            }
        });
    }

    void cancel(SenderKey sender) {
        of(sender).ifPresent(linking -> {
            synchronized (linking) {
                end(sender, linking);
            }
        });
    }

    /// Lets a phone scan the code.
    ///
    /// @param linked called if nothing else is required
    /// @return false if the number is not being linked
    boolean scan(SenderKey sender, Phone phone, Runnable linked) {
        return of(sender).map(linking -> scan(sender, linking, phone, linked)).orElse(false);
    }

    private boolean scan(SenderKey sender, Linking linking, Phone phone, Runnable linked) {
        synchronized (linking) {
            if (linking.over) {
                return false;
            }
            if (faults.end(sender, Fault.PASSKEY)) {
                linking.wantsPasskey = true;
                linking.scannedBy = Optional.of(phone);
                restart(linking, SimulatorDriver.PASSKEY_WITHIN, sender);
                line.report(new DriverEvent.PasskeyRequired(sender));
                return true;
            }
            end(sender, linking);
            linked.run();
            return true;
        }
    }

    /// Shows the next code at once.
    boolean expire(SenderKey sender) {
        return of(sender).map(linking -> expire(sender, linking)).orElse(false);
    }

    private boolean expire(SenderKey sender, Linking linking) {
        synchronized (linking) {
            if (linking.over || linking.wantsPasskey) {
                return false;
            }
            showNext(sender, linking);
            return true;
        }
    }

    private void end(SenderKey sender, Linking linking) {
        linking.over = true;
        linking.timer.ifPresent(Timers.Timer::cancel);
        linkings.remove(sender, linking);
    }

    private Optional<Linking> of(SenderKey sender) {
        return Optional.ofNullable(linkings.get(sender));
    }
}
