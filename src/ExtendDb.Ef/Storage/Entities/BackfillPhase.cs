namespace ExtendDb.Ef.Model;

/// <summary>The phases in which a global index that is CREATING is filled with the items that its table already has.</summary>
public enum BackfillPhase
{
    /// <summary>Nothing fills the index: it is ACTIVE.</summary>
    NONE,

    /// <summary>The walk over the items has not begun: every writer must know the index first.</summary>
    WAITING,

    /// <summary>The walk over the items enqueues a marker for each of them.</summary>
    WALKING,

    /// <summary>The walk has passed the last item; the index becomes ACTIVE when the markers of the walk are applied.</summary>
    DRAINING,
}
