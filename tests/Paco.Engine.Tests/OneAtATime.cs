// The virtual clock knows by the thread pool that everybody waits: two of them in one process would wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
