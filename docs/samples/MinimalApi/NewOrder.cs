namespace MinimalApi;

public sealed record NewOrder(string Product, int Quantity);
