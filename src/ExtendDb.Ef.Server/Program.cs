using ExtendDb.Ef.Server.Commands;

return await CommandRun.InvokeAsync(ExtendDbCommand.Create(), args);
