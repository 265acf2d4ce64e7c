Console.WriteLine("AIAIAI Dashboard");
