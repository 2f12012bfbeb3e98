package dev.banyan.whatsapp.drivers;

import module java.base;

/// Where a fake gateway holds its calls until a test lets them go on, as a slow gateway does for a while. Of the
/// messages that it holds, WhatsApp has every other one already.
public final class HeldCalls {

    /// A message that is held.
    ///
    /// @param number what the gateway calls it
    public record Held(String number, String text) {}

    /// Does what a call asks for.
    public interface Work<A> {
        A done() throws IOException;
    }

    private final List<Held> messages = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);
    private boolean holdsMessages;
    private boolean holdsAll;
    private boolean isAllTaken;
    private boolean fails;
    private final Set<String> failing = new HashSet<>();
    private final Set<String> refusing = new HashSet<>();
    private final List<String> restarted = new ArrayList<>();
    private int count;

    /// Holds messages from now on.
    synchronized void hold() {
        gate = new CompletableFuture<>();
        holdsMessages = true;
    }

    /// WhatsApp has all of the messages that are held from now on.
    synchronized void takeAll() {
        isAllTaken = true;
    }

    /// Holds questions, too.
    synchronized void hang() {
        holdsAll = true;
    }

    /// Messages end with an internal error, those that are held as well: it was WhatsApp that had them, or no one.
    synchronized void fail(boolean does) {
        fails = does;
    }

    /// Messages of this number end with an internal error, and WhatsApp never has them.
    synchronized void fail(String number, boolean does) {
        if (does) {
            failing.add(number);
        } else {
            failing.remove(number);
        }
    }

    /// Messages of this number are refused from now on, as if it were not connected.
    synchronized void refuse(String number) {
        refusing.add(number);
    }

    public synchronized boolean refuses(Held message) {
        return refusing.contains(message.number());
    }

    /// Returns how often a number was restarted.
    synchronized long restarts(String number) {
        return restarted.stream().filter(number::equals).count();
    }

    /// The messages of this number that WhatsApp has end with an internal error.
    synchronized void end(String number) {
        ended.add(number);
    }

    /// Holds nothing any more.
    void release() {
        open(true);
    }

    /// The process dies with what it held.
    void die() {
        open(false);
    }

    private synchronized void open(boolean lives) {
        holdsMessages = false;
        holdsAll = false;
        count = 0;
        gate.complete(lives);
    }

    /// Returns how many calls are held now.
    synchronized int count() {
        return count;
    }

    /// Returns the messages that were held until now.
    synchronized List<Held> messages() {
        return List.copyOf(messages);
    }

    // For fakes.

    public synchronized void restarted(String number) {
        restarted.add(number);
    }

    /// Waits as long as all calls are held.
    public void pass() throws InterruptedException {
        CompletableFuture<Boolean> mine;
        synchronized (this) {
            if (!holdsAll) {
                return;
            }
            count++;
            mine = gate;
        }
        await(mine);
    }

    /// Sends a message, before or after it was held.
    ///
    /// @param error what is answered when something has gone wrong inside
    public <A> A send(Held message, Work<A> work, Work<A> error) throws IOException, InterruptedException {
        CompletableFuture<Boolean> mine;
        boolean isTaken;
        synchronized (this) {
            if (fails || failing.contains(message.number())) {
                return error.done();
            }
            if (!holdsMessages) {
                return work.done();
            }
            isTaken = isAllTaken || messages.size() % 2 == 0;
            messages.add(message);
            mine = gate;
        }
        Optional<A> answer = isTaken ? Optional.of(work.done()) : Optional.empty();
        synchronized (this) {
            count++;
        }
        await(mine);
        boolean isError;
        synchronized (this) {
            isError = fails || isTaken && ended.contains(message.number());
        }
        if (isError) {
            return error.done();
        }
        return answer.isPresent() ? answer.get() : work.done();
    }

    private static void await(CompletableFuture<Boolean> gate) throws InterruptedException {
        if (!gate.join()) {
            throw new InterruptedException("The gateway has died");
        }
    }
}
