package dev.banyan.whatsapp.simulator;

import jakarta.ws.rs.FormParam;

/// The fields of the form that simulates a customer which not every message has.
public final class CustomerActForm {

    /// What the customer does: `write`, `location`, `contact`, `choose`, `edit`, `delete`, `react` or `type`.
    @FormParam("act")
    public String act = "write";

    /// The message that it is about.
    @FormParam("about")
    public String about = "";

    @FormParam("emoji")
    public String emoji = "";

    /// What was chosen from buttons or a list.
    @FormParam("choice")
    public String choice = "";

    @FormParam("latitude")
    public String latitude = "";

    @FormParam("longitude")
    public String longitude = "";

    /// The name of a place or of a contact.
    @FormParam("title")
    public String title = "";

    @FormParam("number")
    public String number = "";
}
