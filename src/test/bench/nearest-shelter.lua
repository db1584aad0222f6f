-- Questions of wrk for GET /api/nearest-shelter: places all over the roster's box (Honshu to Kyushu), four hazards.
-- The same places in the same order in each run.
local hazards = { "flood", "seismic", "geo", "fire" }
local asked = 0
math.randomseed(7)
function request()
  asked = asked + 1
  local lon = 130.5 + math.random() * 12
  local lat = 33.0 + math.random() * 8
  return wrk.format("GET", string.format("/api/nearest-shelter?lon=%.5f&lat=%.5f&hazard=%s&people=2", lon, lat, hazards[asked % 4 + 1]))
end
