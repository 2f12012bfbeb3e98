package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderStore;
import jakarta.inject.Singleton;

/// Generates numbers for simulated phones: valid in form, and unused within the tenant.
@Singleton
public final class FakePhoneNumbers {

    private static final int NUMBERS = 1_000_000;
    private static final int CUSTOMERS = 1_000;
    private static final int TRIES = 200;

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    public FakePhoneNumbers(Database database) {
        this.database = database;
    }

    public Phone free(AccountId tenant) {
        return free(tenant, NUMBERS);
    }

    /// Returns a number for a simulated customer: `+971500000…`, so that people recognize it.
    public Phone freeCustomer(AccountId tenant) {
        return free(tenant, CUSTOMERS);
    }

    private Phone free(AccountId tenant, int numbers) {
        return database.read(tx -> {
            var store = new SenderStore(tx);
            for (int tried = 0; tried < TRIES; tried++) {
                var phone = new Phone(String.format(Locale.ROOT, "+971500%06d", random.nextInt(numbers)));
                if (store.findByPhone(tenant, phone).isEmpty()) {
                    return phone;
                }
            }
            throw new IllegalStateException("No simulated number is free");
        });
    }
}
