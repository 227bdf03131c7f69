namespace MinimalApi;

/// <summary>An entity of the application's own.</summary>
public class Order
{
    public int Id { get; set; }

    public required string Product { get; set; }

    public int Quantity { get; set; }
}
