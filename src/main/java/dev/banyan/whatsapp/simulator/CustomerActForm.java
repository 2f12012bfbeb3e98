package dev.banyan.whatsapp.simulator;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The fields of the form that simulates a customer which not every message has.
public final class CustomerActForm {

    /// What the customer does: `write`, `location`, `contact`, `choose`, `edit`, `delete`, `react` or `type`.
    @FormParam("act")
    @DefaultValue("write")
    public String act = "write";

    /// The message that it is about.
    @FormParam("about")
    @DefaultValue("")
    public String about = "";

    @FormParam("emoji")
    @DefaultValue("")
    public String emoji = "";

    /// What was chosen from buttons or a list.
    @FormParam("choice")
    @DefaultValue("")
    public String choice = "";

    @FormParam("latitude")
    @DefaultValue("")
    public String latitude = "";

    @FormParam("longitude")
    @DefaultValue("")
    public String longitude = "";

    /// The name of a place or of a contact.
    @FormParam("title")
    @DefaultValue("")
    public String title = "";

    @FormParam("number")
    @DefaultValue("")
    public String number = "";
}
