using System.Globalization;
using AiaiaiDashboard.CrashHarness;

// A small program that writes without end until the tests kill it. It prints each number once that number is acknowledged by the store.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: AiaiaiDashboard.CrashHarness document|derived|log|compact|lock|sync|once DIRECTORY");
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
    case "sync":
        await new HangingSync(args[1], () => Console.Out.WriteLine(1)).RunAsync();
        return 0;
    case "once":
        await new OneSync(args[1], number => Console.Out.WriteLine(number)).RunAsync();
        return 0;
    default:
        return 2;
}
