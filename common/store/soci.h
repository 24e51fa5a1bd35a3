#pragma once

// SOCI as this module sees it. Debian's was built beside Boost and its headers then want Boost's
// (for types of Boost that nobody binds here); they are headers only, the archives do not differ.
#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/soci.h>
