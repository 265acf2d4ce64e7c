using System.Globalization;
using AiaiaiDashboard.CrashHarness;

// A small program that writes without end until the tests kill it. It prints each number once that number is acknowledged by the store.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: AiaiaiDashboard.CrashHarness document|derived|log|compact|lock DIRECTORY");
    return 2;
}

var writer = new EndlessWriter(args[1], number => Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture)));
switch (args[0])
{
    case "document":
        await writer.WriteDocument(EndlessWriter.Person);
        return 0;
    case "derived":
        await writer.WriteDocument(EndlessWriter.Derived);
        return 0;
    case "log":
        writer.AppendLines();
        return 0;
    case "compact":
        writer.AppendAndCompact();
        return 0;
    case "lock":
        return writer.HoldLock();
    default:
        return 2;
}
