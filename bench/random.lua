-- wrk asks for the paths of a file in random order; the requests are made before the clock starts. Each carries its own
-- number, which nobody reads: Lua keeps equal texts once, and a thousand of them would be faster to send than a million.
local requests = {}

function init(args)
  local headers = {}
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  for path in io.lines(args[1]) do
    headers["X-Line"] = tostring(1000000 + #requests)
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end
